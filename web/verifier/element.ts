/** An element with text or children; texts are never read as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, content: string | readonly Node[] = [], properties: Partial<HTMLElementTagNameMap[K]> = {}): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...(typeof content === 'string' ? [content] : content));
  return made;
}

/** Puts nodes where a selector points, in place of what was there. */
export function show(selector: string, nodes: readonly Node[]): void {
  document.querySelector(selector)?.replaceChildren(...nodes);
}
