import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const api = 'http://127.0.0.1:4000';
const proxy = Object.fromEntries(['/graphql', '/d/', '/store/', '/api/'].map((path) => [path, { target: api }]));

export default defineConfig({
  plugins: [vue(), tailwindcss()],
  // No component here or in our libraries uses the options API; rxjs has its modern code behind a condition of its own.
  define: { __VUE_OPTIONS_API__: false },
  resolve: {
    alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) },
    conditions: ['es2015', ...defaultClientConditions],
  },
  server: { proxy },
  preview: { proxy },
  build: { manifest: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  test: { include: ['src/**/*.test.ts'] },
});
