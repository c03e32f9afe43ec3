import { defineConfig, type Plugin } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';

/** Writes files.txt, one path per line: the bundle serves exactly these files and knows no other. */
function fileList(): Plugin {
  return {
    name: 'file-list',
    enforce: 'post',
    generateBundle(_, bundle) {
      const paths = [...Object.keys(bundle), 'favicon.svg'].sort();
      this.emitFile({ type: 'asset', fileName: 'files.txt', source: paths.join('\n') + '\n' });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), fileList()],
  build: {
    outDir: '../target/classes/org/hearthwatch/console/web',
    emptyOutDir: true,
    target: 'es2022',
    // Small assets must stay files: the content security policy admits no data: scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
} as Parameters<typeof defineConfig>[0]);
