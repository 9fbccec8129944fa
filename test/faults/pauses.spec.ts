import { describe } from '@jest/globals';
import { CLOCKS, STOPS } from './rig/scenarios.js';
import { testEach } from './rig/short-form.js';

describe('when something stops for a while, or clocks disagree', () => testEach([...STOPS, ...CLOCKS]));
