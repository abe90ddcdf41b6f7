// Packs the extension for VS Code into one file that it installs: `npm run vscode` writes editors/vscode/merit-VERSION.vsix.
// A .vsix is a zip with two files about it beside the extension's own; the language server is inside.

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { buildNode } from './build.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const HERE = join(ROOT, 'editors/vscode');

/** Files of the repository by their place in the extension. */
const FILES = {
  'package.json': 'editors/vscode/package.json',
  'readme.md': 'editors/vscode/README.md',
  'language-configuration.json': 'editors/vscode/language-configuration.json',
  'syntaxes/merit.tmLanguage.json': 'editors/vscode/syntaxes/merit.tmLanguage.json',
  'schemas/merit.config.schema.json': 'schemas/merit.config.schema.json',
};

/** So that the same sources give the same bytes. */
const WRITTEN = new Date(1980, 0, 1);

/**
 * The extension as files by their path in it: what it is made of, its program, and the server.
 *
 * @param {string} folder where the programs are built
 * @returns {Promise<Map<string, Uint8Array>>}
 */
export async function extensionFiles(folder) {
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['editors/vscode/src/extension.mts'],
    outfile: join(folder, 'dist/extension.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  await buildNode(join(folder, 'server'), { onlyCommand: true });
  const files = new Map();
  for (const [path, from] of Object.entries(FILES)) files.set(path, await readFile(join(ROOT, from)));
  for (const part of ['dist', 'server']) await readInto(files, join(folder, part), part);
  // the pages that codes lead to lie beside the server, which is a package of its own
  await readInto(files, join(ROOT, 'docs/errors'), 'server/docs/errors');
  files.set('server/package.json', new TextEncoder().encode('{ "type": "module" }\n'));
  return files;
}

/** @param {Map<string, Uint8Array>} files @param {string} folder @param {string} as */
async function readInto(files, folder, as) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(`${as}/${relative(folder, path).replaceAll('\\', '/')}`, await readFile(path));
  }
}

/**
 * The bytes of the .vsix.
 *
 * @param {Map<string, Uint8Array>} files of the extension
 */
export function vsixOf(files) {
  const manifest = JSON.parse(new TextDecoder().decode(files.get('package.json')));
  const text = (content) => new TextEncoder().encode(content);
  const entries = [
    ['extension.vsixmanifest', text(vsixManifest(manifest))],
    ['[Content_Types].xml', text(contentTypes([...files.keys(), 'extension.vsixmanifest']))],
    ...[...files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, content]) => [`extension/${path}`, content]),
  ];
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: WRITTEN });
}

/** @param {Record<string, any>} manifest */
function vsixManifest({ name, version, publisher, displayName, description, keywords, categories, engines }) {
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escaped(name)}" Version="${escaped(version)}" Publisher="${escaped(publisher)}" />
    <DisplayName>${escaped(displayName)}</DisplayName>
    <Description xml:space="preserve">${escaped(description)}</Description>
    <Tags>${escaped(keywords.join(','))}</Tags>
    <Categories>${escaped(categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escaped(engines.vscode)}" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionDependencies" Value="" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionPack" Value="" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace" />
    </Properties>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/readme.md" Addressable="true" />
  </Assets>
</PackageManifest>
`;
}

const CONTENT_TYPES = {
  json: 'application/json',
  js: 'application/javascript',
  cjs: 'application/javascript',
  md: 'text/markdown',
  vsixmanifest: 'text/xml',
};

/** @param {readonly string[]} paths */
function contentTypes(paths) {
  const endings = [...new Set(paths.map((path) => path.split('.').at(-1)))].sort();
  const lines = endings.map((ending) => {
    const type = CONTENT_TYPES[ending];
    if (type === undefined) throw new Error(`what is a .${ending} file of the extension?`);
    return `  <Default Extension=".${ending}" ContentType="${type}" />`;
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
    ...lines,
    '</Types>',
    '',
  ].join('\n');
}

/** @param {string} value */
function escaped(value) {
  return value.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

async function pack() {
  const folder = join(HERE, 'out');
  await rm(folder, { recursive: true, force: true });
  const files = await extensionFiles(folder);
  const { version } = JSON.parse(new TextDecoder().decode(files.get('package.json')));
  const path = join(HERE, `merit-${version}.vsix`);
  const bytes = vsixOf(files);
  await writeFile(path, bytes);
  await rm(folder, { recursive: true, force: true });
  console.log(`${relative(ROOT, path)}: ${files.size} files, ${Math.round(bytes.length / 1024)} kB`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await pack();
