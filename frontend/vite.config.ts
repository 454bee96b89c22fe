import { fileURLToPath } from 'node:url'

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

import { compiledTexts } from './tools/vite/compiled-texts.ts'
import { leanPrimevue } from './tools/vite/lean-primevue.ts'
import { pageFrame, pageInputs, styleFirst } from './tools/vite/pages.ts'
import { runningBar, toRunningBar } from './tools/vite/running-bar.ts'
import { sizeLimits } from './tools/vite/size-limits.ts'
import { themeCss } from './tools/vite/theme-css.ts'

export default defineConfig({
  base: './', // the pages do not know which bucket they are in
  appType: 'mpa',
  plugins: [
    vue(),
    themeCss(),
    leanPrimevue(),
    compiledTexts(),
    pageFrame(),
    styleFirst(),
    runningBar(),
    sizeLimits({ home: 150, order: 190, barista: 240, display: 160, backstage: 440 }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    license: { fileName: 'licenses.md' },
    chunkSizeWarningLimit: Infinity, // sizeLimits() counts what a page loads, whatever files that is in
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: pageInputs,
      // Each request costs more than the few kB that a page does not need of what others share.
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              tags: ['$initial'],
              minShareCount: 2,
              test: /^(?!.*(vue-router|page-router))/,
              priority: 1,
            },
            { name: 'router', tags: ['$initial'], minShareCount: 2 }, // what is left: two pages have but one screen
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', port: 5173, hmr: { path: '__hmr' }, proxy: toRunningBar() },
  preview: { host: '127.0.0.1', port: 4173, proxy: toRunningBar() },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'], restoreMocks: true },
})
