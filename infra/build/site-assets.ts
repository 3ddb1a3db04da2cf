import { cpSync, mkdirSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bundle } from './bundle.ts';
import { buildConsole, consoleFolder, consoleInputs } from './console.ts';
import { filesUnder } from './freshness.ts';
import { readingPage } from './reading-page.ts';
import { buildVerifier } from './verifier.ts';

const require = createRequire(import.meta.url);
const swaggerFiles = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png', 'LICENSE'];
const openApiSource = 'functions/api/openapi.ts';

/** The files that the static pages are made from, as paths from the root (the OpenAPI document's own sources apart). */
export const siteInputs = (root: string): string[] => [
  ...filesUnder(join(root, 'docs/derived')).map((file) => `docs/derived/${file}`),
  ...consoleInputs(root),
];

/**
 * Fills `<folder>/assets` with what the function `site` serves: `swagger/`, `derived/` (with a page for each Markdown file), `console/`, `verifier.html` and `openapi.json`; answers
 * the sources of the OpenAPI document, of the verifier and of the console. The document is generated in a bundle of its own, so that a rebuild in the same
 * process never sees a module cached from before; throws when `functions/api/openapi.ts` has no `openApiDocument`.
 */
export const copySiteAssets = async (root: string, folder: string): Promise<readonly string[]> => {
  const assets = join(folder, 'assets');
  rmSync(assets, { recursive: true, force: true });
  mkdirSync(assets, { recursive: true });
  const swagger = dirname(require.resolve('swagger-ui-dist/package.json'));
  for (const file of swaggerFiles) cpSync(join(swagger, file), join(assets, 'swagger', file));
  if (existsSync(join(root, 'docs/derived'))) cpSync(join(root, 'docs/derived'), join(assets, 'derived'), { recursive: true });
  writeReadingPages(join(assets, 'derived'));
  const sources = await buildConsole(root);
  if (sources.length > 0) cpSync(join(root, consoleFolder), join(assets, 'console'), { recursive: true });
  return [...sources, ...(await writeVerifier(root, assets)), ...(existsSync(join(root, openApiSource)) ? await writeOpenApi(root, assets) : [])];
};

/** Beside each derived Markdown file its page, `<name>.html`. */
const writeReadingPages = (folder: string): void => {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
    const name = file.slice(0, -'.md'.length);
    writeFileSync(join(folder, `${name}.html`), readingPage(readFileSync(join(folder, file), 'utf8'), name).html);
  }
};

const writeVerifier = async (root: string, assets: string): Promise<readonly string[]> => {
  if (!existsSync(join(root, 'web/verifier'))) return [];
  const { html, inputs } = await buildVerifier(root);
  writeFileSync(join(assets, 'verifier.html'), html);
  return inputs;
};

const writeOpenApi = async (root: string, assets: string): Promise<readonly string[]> => {
  const folder = join(root, 'dist/openapi');
  const built = await bundle(root, openApiSource, 'openapi', folder);
  const file = join(folder, 'index.js');
  delete require.cache[file];
  const { openApiDocument } = require(file) as { openApiDocument?: () => unknown };
  if (!openApiDocument) throw new Error(`${openApiSource} exports no openApiDocument()`);
  writeFileSync(join(assets, 'openapi.json'), JSON.stringify(openApiDocument()));
  return built.inputs;
};
