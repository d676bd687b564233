import type { BrowserContext } from '@playwright/test';

/** Collects what the content security policy refuses to any page of `context`, from now on. */
export const collectViolations = (context: BrowserContext): readonly string[] => {
  const violations: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('Content Security Policy')) {
      violations.push(message.text());
    }
  });
  return violations;
};

/** A host that was ended, or a refusal the screen shows in words, is no error of the page. */
const ofTheNetwork = /^Failed to load resource|net::ERR_/;

/** Collects what the pages of `context` log as errors, and what they throw without catching it, from now on. */
export const collectErrors = (context: BrowserContext): readonly string[] => {
  const errors: string[] = [];
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !ofTheNetwork.test(text) && !text.includes('Content Security Policy'))
      errors.push(text);
  });
  context.on('weberror', (thrown) => errors.push(String(thrown.error().stack ?? thrown.error())));
  return errors;
};
