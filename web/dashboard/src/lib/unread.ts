import { create } from 'zustand';

/** How many conversations have something unread for the agent: the title and the icon of the tab say so. */
export const useUnreadStore = create<{ count: number }>(() => ({ count: 0 }));
