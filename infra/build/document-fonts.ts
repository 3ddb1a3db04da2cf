import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const inPackage = (name: string, file: string): string => join(dirname(require.resolve(`@expo-google-fonts/${name}/package.json`)), file);

/** The fonts of the printed documents, by the name they have beside the bundle: Chinese in two weights, and the boxes and ticks that it lacks (SIL Open Font License, docs/decisions/0015). */
export const documentFonts = {
  regular: inPackage('noto-serif-sc', '400Regular/NotoSerifSC_400Regular.ttf'),
  bold: inPackage('noto-serif-sc', '700Bold/NotoSerifSC_700Bold.ttf'),
  symbols: inPackage('noto-sans-symbols-2', '400Regular/NotoSansSymbols2_400Regular.ttf'),
} as const;

/** Fills `<folder>/fonts` with what the function `documents` prints with, and the licences that go along. */
export const copyDocumentFonts = (folder: string): void => {
  const fonts = join(folder, 'fonts');
  rmSync(fonts, { recursive: true, force: true });
  mkdirSync(fonts, { recursive: true });
  for (const [name, file] of Object.entries(documentFonts)) copyFileSync(file, join(fonts, `${name}.ttf`));
  for (const name of ['noto-serif-sc', 'noto-sans-symbols-2']) copyFileSync(inPackage(name, 'LICENSE_FONT'), join(fonts, `${name}.OFL.txt`));
};
