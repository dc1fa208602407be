import localFont from 'next/font/local';

/** Be Vietnam Pro with tabular figures; how the files are made stands in make-fonts.py, the licences in OFL.txt and OFL-geist-mono.txt. */
export const beVietnamPro = localFont({
  src: [
    { path: './be-vietnam-pro-400.woff2', weight: '400', style: 'normal' },
    { path: './be-vietnam-pro-500.woff2', weight: '500', style: 'normal' },
    { path: './be-vietnam-pro-600.woff2', weight: '600', style: 'normal' },
    { path: './be-vietnam-pro-700.woff2', weight: '700', style: 'normal' },
  ],
  variable: '--font-be-vietnam-pro',
  display: 'swap',
  fallback: ['system-ui', 'Segoe UI', 'Roboto', 'sans-serif'],
});

/** Geist Mono, for codes: it is fetched where a code stands, and never before the page is painted. */
export const geistMono = localFont({
  src: [
    { path: './geist-mono-400.woff2', weight: '400', style: 'normal' },
    { path: './geist-mono-600.woff2', weight: '600', style: 'normal' },
  ],
  variable: '--font-geist-mono',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  fallback: ['ui-monospace', 'Cascadia Mono', 'Menlo', 'monospace'],
});
