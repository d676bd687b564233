import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { styleNoncePlaceholder } from './src/main/security/csp.ts';

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
