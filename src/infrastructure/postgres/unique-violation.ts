/** The name of the unique rule that a write broke, for translating it into a domain error; null for anything else. */
export function brokenUniqueRule(error: unknown): string | null {
  const cause = (error as { driverError?: { code?: string; constraint?: string } } | null)?.driverError;
  return cause?.code === '23505' ? (cause.constraint ?? '') : null;
}
