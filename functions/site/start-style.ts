/** How the start page looks: one column; on a narrow screen each row of a table becomes a card, so that nothing scrolls sideways. */
export const startStyle = `
:root{font:16px/1.7 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1b2a3a;background:#f6f7f9}
body{margin:0 auto;max-width:64rem;padding:1rem 1.25rem 4rem;overflow-wrap:anywhere}
h1{font-size:1.8rem;margin:.5rem 0 0}h1 small{font-size:1rem;color:#4b5b6b;font-weight:400}h2{font-size:1.15rem;margin:0 0 .5rem}h3{font-size:1rem;margin:1.2rem 0 .4rem}
.draft{color:#8a4b00;margin:.2rem 0 1rem}.note{color:#4b5b6b}
section{background:#fff;border:1px solid #d9dee5;border-radius:.5rem;padding:1rem 1.25rem;margin:0 0 1rem}
section p:last-child{margin-bottom:0}ul{margin:0;padding-left:1.2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #e6e9ee;vertical-align:top}
a{color:#0b5cad}button{font:inherit;padding:.35rem 1rem;border:1px solid #0b5cad;border-radius:.3rem;background:#0b5cad;color:#fff;cursor:pointer}
button.plain{background:#fff;color:#0b5cad}input{font:inherit;padding:.35rem;width:min(100%,32rem);box-sizing:border-box}
:focus-visible{outline:3px solid #f0a020;outline-offset:2px}#one:focus{outline:0}.error{color:#a01818}
@media (max-width:40rem){thead{position:absolute;left:-99rem}tr{display:block;padding:.4rem 0;border-bottom:1px solid #d9dee5}
td{display:flex;gap:.75rem;border:0;padding:.1rem 0}td::before{content:attr(data-head);flex:0 0 4.5em;color:#4b5b6b}td:empty{display:none}}`;
