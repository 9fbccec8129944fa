import { describe } from '@jest/globals';
import { DEATHS } from './rig/scenarios.js';
import { testEach } from './rig/short-form.js';

describe('when something dies', () => testEach(DEATHS));
