import { describe } from '@jest/globals';
import { STEP_BY_STEP } from './rig/scenarios.js';
import { testEach } from './rig/short-form.js';

describe('when a node dies between two steps', () => testEach(STEP_BY_STEP));
