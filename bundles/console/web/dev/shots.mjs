/*
 * Pictures of the pages in both themes and on a phone, and the browser's complaints with them.
 *
 *   BASE=http://127.0.0.1:5173 npm run shots -- OUTPUT_FOLDER [PATH…]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const BASE = process.env.BASE ?? 'http://127.0.0.1:5173';
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const [folder = 'shots', ...paths] = process.argv.slice(2);
const PAGES = paths.length > 0 ? paths : [
        '/', '/hosts', '/health', '/plugins',
        ...['active', 'rules', 'rule-files', 'rule-files/house.yml', 'silences', 'routes', 'channels', 'log'].map((tab) => `/alerts/${tab}`),
        ...['promises', 'profile', 'secrets', 'audit', 'backups'].map((tab) => `/security/${tab}`),
        ...['account', 'users', 'groups', 'tokens', 'ssh-keys', 'sessions'].map((tab) => `/settings/${tab}`),
      ];
const VIEWS = [
  { name: 'light', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: 'dark', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  { name: 'small', viewport: { width: 360, height: 740 }, colorScheme: 'light', hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  for (const { name, ...options } of VIEWS.filter((view) => !process.env.VIEWS || process.env.VIEWS.split(',').includes(view.name))) {
    const context = await browser.newContext(options);
    for (const path of PAGES) {
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') console.log(`${name} ${path}: ${message.text()}`);
      });
      page.on('pageerror', (problem) => console.log(`${name} ${path}: ${problem}`));
      await page.goto(BASE + path);
      await page.waitForTimeout(Number(process.env.SETTLE ?? 2500));
      const file = join(folder, `${path.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '') || 'overview'}-${name}.png`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overflow > 0) console.log(`${name} ${path}: ${overflow} px of horizontal scroll`);
      await page.screenshot({ path: file, fullPage: process.env.FULL === 'yes' });
      await page.close();
    }
    await context.close();
  }
} finally {
  await browser.close();
}
