import { defineConfig } from 'vitest/config';

export default defineConfig({
  logLevel: 'warn',
  // Every address within the page is relative: a proxy may have put it below any path.
  base: './',
  build: {
    outDir: 'target/classes/META-INF/resources',
    emptyOutDir: true,
    target: 'es2022',
    // light-dark() must reach the browser as it is written; every browser since spring 2024 knows it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The page runs under Content-Security-Policy "default-src 'self'": no data: addresses, no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    // Documents of the project are part of the page.
    fs: { allow: ['.', '../docs'] },
    // `npm run dev` beside a running `./arena up`.
    proxy: { '/api': 'http://localhost:8080' },
  },
  test: {
    environment: './src/testing/environment.ts',
    setupFiles: './src/testing/nothingRemembered.ts',
    include: ['src/**/*.test.{ts,tsx}'],
    // Every test has a limit, and whatever prepares or tidies up; a page that spins is ended by the build.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    teardownTimeout: 10_000,
    // Where ./arena test looks for what ran.
    reporters: ['default', ['junit', { outputFile: 'target/surefire-reports/TEST-page.xml' }]],
    silent: 'passed-only',
  },
});
