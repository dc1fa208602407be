// What the screens that people open most weigh and when they are painted: the compressed JavaScript of each in a browser that has
// seen nothing, and its largest paint on a slow phone. It signs in, opens a shift and publishes a month where it finds none.
import { chromium } from '@playwright/test';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { printFigure } from './report/figure';
import { SCREEN_BUDGETS } from './screens/budgets';
import { openScreen } from './screens/opened';
import { openShift, signedIn } from './screens/sign-in';
import { statementLink } from './screens/statement-link';

const bench = 'screens';
const MOST_PAINT_MS = 2_000;
const ROUNDS = 5;

const base = process.env.PORTAL_URL ?? process.env.BASE_URL;
const password = process.env.DEMO_PASSWORD;
if (!base || !password) {
  console.error('✗ No portal is running here: start it in another window with `npm start`, then measure again.');
  process.exit(2);
}

const { executablePath, args, env } = await findChromium();
const browser = await chromium.launch({ executablePath, args, env, chromiumSandbox: false });
try {
  const cashier = await signedIn(browser, base, 'cashier@sapoche.example', password);
  await openShift(browser, base, cashier);
  const visits = {
    '/pos': { address: `${base}/pos`, cookies: cashier },
    '/orders': { address: `${base}/orders`, cookies: cashier },
    '/s/<token>': { address: `${base}${await statementLink(new Date())}` },
  };
  for (const [screen, visit] of Object.entries(visits)) {
    const { kilobytes, paint } = await openScreen(browser, visit, ROUNDS);
    const limit = SCREEN_BUDGETS[screen as keyof typeof visits];
    printFigure({ bench, figure: `${screen}, scripts`, value: kilobytes, unit: 'KB', limit });
    printFigure({ bench, figure: `${screen}, largest paint`, value: paint, unit: 'ms', limit: MOST_PAINT_MS });
  }
} finally {
  await browser.close();
}
