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
