/** The page that renders the API's description with the Swagger UI of our own assets; a token from the start page is sent along. */
export function docsPage(nonce: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>桂景 · 接口说明</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script nonce="${nonce}">
const token = sessionStorage.getItem('guijing.token');
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  docExpansion: 'none',
  filter: true,
  onComplete() { if (token) this.ui?.preauthorizeApiKey?.('oidc', token); },
  requestInterceptor(request) {
    if (token && !request.headers.Authorization && new URL(request.url, location.href).origin === location.origin) request.headers.Authorization = 'Bearer ' + token;
    return request;
  },
});
</script>
</body>
</html>`;
}
