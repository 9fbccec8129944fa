import { describe } from '@jest/globals';
import { NETWORK } from './rig/scenarios.js';
import { testEach } from './rig/short-form.js';

describe('when the network fails', () => testEach(NETWORK));
