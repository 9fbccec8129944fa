import { describe, expect, it } from '@jest/globals';
import { isPublicAddress } from './public-address.js';

describe(isPublicAddress.name, () => {
  it.each(['8.8.8.8', '1.1.1.1', '223.130.195.95', '2606:4700:4700::1111', '2001:4860:4860::8888'])(
    'lets pass %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['this host', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['shared by a carrier', '100.64.0.1'],
    ["a cloud's metadata within it", '100.100.100.200'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ["link-local, a cloud's metadata", '169.254.169.254'],
    ["a cloud's metadata", '192.0.0.192'],
    ['a cloud inside', '168.63.129.16'],
    ['documentation', '192.0.2.1'],
    ['benchmarks', '198.18.0.1'],
    ['6to4 relay', '192.88.99.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-mapped', '::ffff:8.8.8.8'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped loopback in hex', '::ffff:7f00:1'],
    ['IPv4-compatible', '::7f00:1'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::a9fe:a9fe'],
    ['NAT64 of a network', '64:ff9b:1::1'],
    ['6to4', '2002:a9fe:a9fe::1'],
    ['Teredo', '2001:0:1::1'],
    ['unique local', 'fc00::1'],
    ["a cloud's metadata", 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['discarded', '100::1'],
    ['not given out', '4000::1'],
    ['no address', 'localhost'],
    ['no address', ''],
  ])('refuses %s: %s', (_, address) => expect(isPublicAddress(address)).toBe(false));
});
