import { StartError } from '../../src/errors.ts';
import { aptInstall } from './apt-install.ts';
import { findProgram, isProgram } from './find-program.ts';
import { advice, firstThatWorks } from './first-that-works.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macApps = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium or Chrome on this machine: `CHROME_PATH`, else one found, else one installed with `apt-get`.
 *
 * @throws StartError that says what to install or to set.
 */
export async function chromiumPath(
  env: NodeJS.ProcessEnv = process.env,
  say: (line: string) => void = () => {},
): Promise<string> {
  const named = env.CHROME_PATH;
  if (named && (await isProgram(named))) return named;
  if (named)
    throw new StartError(`CHROME_PATH names ${named}, which is not a program that can be run.`);

  const found = async () => {
    for (const app of macApps) if (await isProgram(app)) return app;
    return findProgram(names, env.PATH);
  };
  return firstThatWorks(
    [
      { name: 'this machine', get: found },
      {
        name: 'apt-get',
        get: async () => ((await aptInstall(['chromium'], say)) ? found() : undefined),
      },
    ],
    advice('No Chromium found for the browser test.', {
      linux: 'Install the package chromium, or set CHROME_PATH.',
      darwin: 'Install Google Chrome, or set CHROME_PATH.',
      win32: 'Set CHROME_PATH to chrome.exe.',
    }),
  );
}
