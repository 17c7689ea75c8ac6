import type { Fault } from '../stand-in/fault.ts';

/** 429 as Jira Cloud says it: too much at once on one endpoint, to be tried again after this many seconds. */
export const jiraRateLimited = (
  retryAfter: number,
  reason: 'jira-burst-based' | 'jira-per-issue-on-write' = 'jira-burst-based',
): Fault => ({
  status: 429,
  headers: {
    'content-type': 'application/json;charset=UTF-8',
    'retry-after': String(retryAfter),
    'x-ratelimit-reset': new Date(Date.now() + retryAfter * 1000).toISOString(),
    'x-ratelimit-limit': '100',
    'x-ratelimit-remaining': '0',
    'ratelimit-reason': reason,
  },
  body: JSON.stringify({ errorMessages: ['Rate limit exceeded.'], errors: {} }),
});

/** 401 for a token with scopes that lacks the right one. */
export const missingScope: Fault = {
  status: 401,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body: JSON.stringify({ code: 401, message: 'Unauthorized; scope does not match' }),
};

/** 401 after too many wrong tokens: a person has to sign in by browser first. */
export const captchaAsked: Fault = {
  status: 401,
  headers: {
    'content-type': 'text/html;charset=UTF-8',
    'x-seraph-loginreason': 'AUTHENTICATION_DENIED',
    'x-authentication-denied-reason':
      'CAPTCHA_CHALLENGE; login-url=https://lindenwares.atlassian.net/login.jsp',
  },
  body: '<html><body>Basic Authentication Failure - Reason : AUTHENTICATION_DENIED</body></html>',
};
