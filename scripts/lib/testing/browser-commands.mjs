/** What a component's test asks of the browser itself, beyond what a page can do. */
import { AxeBuilder } from '@axe-core/playwright';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What was asked of the network in each session: method and headers, as they left the browser. */
const asked = new Map();

/** What axe finds in what is on the screen: each problem with its places. */
async function axeProblems({ page }) {
  const builder = new AxeBuilder({ page }).setLegacyMode().include(['iframe', 'body']).withTags(WCAG);
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/**
 * Answers in place of the server at an address, below everything that the page itself can see: the first answer to the first
 * request, and so on; a request without one is left waiting.
 */
async function answerNetwork({ page, sessionId }, address, answers) {
  const waiting = [...answers];
  asked.set(sessionId, []);
  await page.route(address, async (route) => {
    asked.get(sessionId).push({ method: route.request().method(), headers: await route.request().allHeaders() });
    const next = waiting.shift();
    if (next) await route.fulfill({ status: 200, contentType: 'application/json', ...next });
  });
}

const askedOfNetwork = ({ sessionId }) => asked.get(sessionId) ?? [];

const freeNetwork = ({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' });

export const commands = { axeProblems, answerNetwork, askedOfNetwork, freeNetwork };
