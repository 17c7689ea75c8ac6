import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { chromiumPath } from '../../playground/services/chromium-path.ts';
import { buildPage } from '../../playground/web/build.ts';
import { startBot } from '../support/start-bot.ts';
import { launchArgs } from './open-page.ts';

it('a newcomer asks for the latest users, sees the answer grow, and its table', async () => {
  const [webRoot, executablePath] = await Promise.all([buildPage(), chromiumPath()]);
  await using bot = await startBot({ script: 'demo', slack: { webRoot } });
  await using parts = new AsyncDisposableStack();
  const browser = parts.adopt(
    await chromium.launch({ executablePath, args: launchArgs }),
    (opened) => opened.close(),
  );
  const page = await browser.newPage();
  await page.goto(bot.slack.url);
  await page.getByRole('textbox').first().pressSequentially('@connector show me the latest users');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^1 reply/ }).click();

  const thread = page.getByRole('complementary', { name: 'Thread' });
  const seen = new Set<string>();
  const grown = async () => {
    seen.add(await thread.innerText());
    return (
      (await thread.getByRole('row').count()) > 10 && (await thread.getByText(/10 rows/).count())
    );
  };
  await expect.poll(grown, { timeout: 15_000, interval: 50 }).toBe(1);
  expect(seen.size).toBeGreaterThan(3);
  const newest = await thread.getByRole('row').nth(1).innerText();
  expect(newest).toMatch(/^500\b/);
});
