import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defaultClientConditions, type InlineConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { listApart } from './tools/apart.ts';
import { pageChunks } from './tools/chunks.ts';
import { pageFiles } from './tools/page-files.ts';

const api = 'http://127.0.0.1:4000';
const proxy = Object.fromEntries(['/graphql', '/d/', '/store/', '/api/', '/vendor/'].map((path) => [path, { target: api }]));

const app = (): InlineConfig => ({
  plugins: [vue(), tailwindcss()],
  // No component here or in our libraries uses the options API; rxjs has its modern code behind a condition of its own.
  define: { __VUE_OPTIONS_API__: false },
  resolve: { conditions: ['es2015', ...defaultClientConditions] },
  build: { manifest: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});

const apart = listApart(import.meta.dirname);

export default defineConfig({
  ...app(),
  plugins: [...(app().plugins ?? []), pageChunks(app()), pageFiles(app())],
  server: { proxy },
  preview: { proxy },
  test: {
    // The limit of time finds what hangs; a slow machine is no fault.
    testTimeout: 60_000,
    // The files of a worker load the app once and not once per file.
    projects: [
      { extends: true, test: { name: 'apart', include: apart } },
      { extends: true, test: { name: 'together', include: ['src/**/*.test.ts'], exclude: apart, isolate: false } },
    ],
  },
});
