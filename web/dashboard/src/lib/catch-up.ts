import { create } from 'zustand';

/** Connected again, and what was missed is still on its way. */
export const useCatchUpStore = create<{ isBehind: boolean }>(() => ({ isBehind: false }));
