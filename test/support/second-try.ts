import { jest } from '@jest/globals';

// Nodes, engines and browsers share a busy machine where CI runs: what fails has a second try there, and `npm test`
// names at its end what needed one.
if (process.env.CI) jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
