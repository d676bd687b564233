import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { styleNoncePlaceholder } from './src/main/security/csp.ts';

/** Browsers take Brotli over TLS and from this computer, gzip from anywhere. At full strength Brotli would take longer than the build. */
const encodings = {
  br: (text: Buffer) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gz: (text: Buffer) => promisify(gzip)(text, { level: 9 }),
};

/** Writes `file` once more for each encoding, for the host that serves it. */
const compress = async (file: string) => {
  const text = await readFile(file);
  await Promise.all(
    Object.entries(encodings).map(async ([ending, encode]) =>
      writeFile(`${file}.${ending}`, await encode(text)),
    ),
  );
};

const from = (path: string) => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: from('src/main/index.ts'),
          'copy-worker': from('src/main/sync/copy-worker.ts'),
          'strength-worker': from('src/main/session/strength-worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is CommonJS and can require nothing of ours: everything it needs is in its one file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: from('src/main/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [
      react(),
      {
        // electron-vite makes addresses relative; screens have paths of their own (`/reception/...`), in both hosts.
        name: 'clinichub:addresses-from-the-root',
        enforce: 'post',
        config: () => ({ base: '/' }),
      },
      {
        name: 'clinichub:compressed',
        writeBundle: async ({ dir = '' }, bundle) => {
          const files = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name));
          await Promise.all(files.map((name) => compress(resolve(dir, name))));
        },
      },
    ],
    html: { cspNonce: styleNoncePlaceholder },
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      minify: true,
      // `data:` fonts and scripts would need holes in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: from('src/renderer/index.html'), panel: from('src/renderer/panel.html') },
      },
    },
  },
});
