import { fileURLToPath } from 'node:url'

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

import { pageFrame, pageInputs } from './tools/vite/pages.ts'
import { runningBar, toRunningBar } from './tools/vite/running-bar.ts'
import { sizeLimits } from './tools/vite/size-limits.ts'
import { themeCss } from './tools/vite/theme-css.ts'
import { withoutRipple } from './tools/vite/without-ripple.ts'

export default defineConfig({
  base: './', // the pages do not know which bucket they are in
  appType: 'mpa',
  plugins: [
    vue(),
    themeCss(),
    withoutRipple(),
    pageFrame(),
    runningBar(),
    sizeLimits({ home: 200, order: 250, barista: 250, display: 250, backstage: 600 }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  build: {
    license: { fileName: 'licenses.md' },
    chunkSizeWarningLimit: Infinity, // sizeLimits() counts what a page loads, whatever files that is in
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: pageInputs,
      // Each request costs more than the few kB that a page does not need of what others share.
      output: { codeSplitting: { groups: [{ name: 'shared', tags: ['$initial'], minShareCount: 2 }] } },
    },
  },
  server: { host: '127.0.0.1', port: 5173, hmr: { path: '__hmr' }, proxy: toRunningBar() },
  preview: { host: '127.0.0.1', port: 4173, proxy: toRunningBar() },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'], restoreMocks: true },
})
