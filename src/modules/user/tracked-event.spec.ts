import { describe, expect, it } from '@jest/globals';
import { ValidationFailed } from '../../common/errors/common.errors.js';
import { checkedProperties } from './tracked-event.js';

describe(checkedProperties.name, () => {
  it('takes what is flat', () => {
    const properties = { total: 39.5, currency: 'KRW', gift: false, 'promo code': null, 상품: '차' };
    expect(checkedProperties(properties)).toBe(properties);
  });

  it.each([
    ['a list', { items: [1] }, 'properties.items'],
    ['an object', { item: { $gt: '' } }, 'properties.item'],
    ['a name that means something to the store', { $set: 1 }, 'properties.$set'],
    ['a name with a dot', { 'a.b': 1 }, 'properties.a.b'],
    ['more than 2 KB', { text: '가'.repeat(700) }, 'properties'],
  ])('refuses %s', (_, properties, path) => {
    const faults = { details: [expect.objectContaining({ path })] };
    expect(() => checkedProperties(properties)).toThrow(ValidationFailed);
    expect(() => checkedProperties(properties)).toThrow(expect.objectContaining(faults));
  });
});
