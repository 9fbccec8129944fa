/** Steps from page to page are told to nobody: whoever looks at a user asks again, until the user is gone. */
export function lookAgain(isGone: boolean): { refetchInterval: number; enabled: boolean } {
  return { refetchInterval: 20_000, enabled: !isGone };
}
