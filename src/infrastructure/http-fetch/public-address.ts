import ipaddr from 'ipaddr.js';

/** All that is given out to the public internet of IPv6; whatever is outside of it is of some special use. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];
/** Services of a cloud to its own machines at addresses that look like anybody's. */
const CLOUD_INTERNAL: ReadonlySet<string> = new Set(['168.63.129.16']);

/**
 * May a stranger's URL lead there? Only to addresses that anybody on the internet could reach: none that is
 * private, local, shared, multicast, reserved, or that wraps another address (mapped, translated, tunnelled).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv6
    ? parsed.match(GLOBAL_IPV6)
    : !CLOUD_INTERNAL.has(parsed.toNormalizedString());
}

export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback';
}
