import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { ValidationFailed } from '../errors/common.errors.js';
import { TimeField } from './dto-fields.js';
import { DtoPipe } from './validation.pipe.js';

class ItemDto {
  @IsString()
  @MaxLength(80)
  name: string;

  @IsOptional()
  @TimeField()
  at?: string | null;
}

class ListDto {
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ItemDto)
  items: ItemDto[];
}

describe(DtoPipe.name, () => {
  const transform = (body: object) =>
    new DtoPipe().transform(body, { type: 'body', metatype: ListDto, data: '' });
  const faultsOf = async (body: object) => {
    const error: unknown = await transform(body).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ValidationFailed);
    return (error as ValidationFailed).details as { path: string; message: string }[];
  };
  const many = (count: number) => Array.from({ length: count }, () => ({}));

  it('makes a DTO of what is right', async () => {
    expect(await transform({ items: [{ name: 'a' }] })).toBeInstanceOf(ListDto);
  });

  it('names the path of a fault', async () => {
    expect(await faultsOf({ items: [{ name: 1 }] })).toMatchObject([{ path: 'items.0.name' }]);
  });

  it('says of what is missing that it is, whatever other rules there are', async () => {
    expect(await faultsOf({ items: [{}, { name: null }] })).toEqual([
      { path: 'items.0.name', message: 'is required' },
      { path: 'items.1.name', message: 'must not be null' },
    ]);
  });

  it.each([
    ['2099-12-31T09:00:00.000Z', '2099-12-31T09:00:00.000Z'],
    ['2099-12-31T09:00:00+09:00', '2099-12-31T00:00:00.000Z'],
    ['2099-12-31T09:00:00', '2099-12-31T09:00:00.000Z'],
    ['2099-12-31', '2099-12-31T00:00:00.000Z'],
  ])('takes %s for a time, in UTC where it names no zone', async (at, read) => {
    const { items } = (await transform({ items: [{ name: 'a', at }] })) as ListDto;
    expect(new Date(items[0]!.at!).toISOString()).toBe(read);
  });

  it.each(['2099-12-31T09:00:00+09', '2099-W01-1', '20991231T090000Z', '2099-02-30T09:00:00Z', 'soon', 1])(
    'does not take %j for a time',
    async (at) => {
      expect(await faultsOf({ items: [{ name: 'a', at }] })).toMatchObject([{ path: 'items.0.at' }]);
    },
  );

  it.each(['toString', 'valueOf', 'constructor', '$set'])(
    'refuses %s as a name, which would not be kept',
    async (name) => {
      const message = 'is not an allowed name';
      expect(await faultsOf({ items: [], [name]: 1 })).toEqual([{ path: name, message }]);
    },
  );

  it('refuses bytes', async () => {
    expect(await faultsOf(Buffer.from('abc'))).toMatchObject([{ path: '' }]);
  });

  it('does not look at each of very many values', async () => {
    expect(await faultsOf({ items: many(2_101) })).toEqual([
      { path: 'items', message: 'holds more than 2100 values' },
    ]);
  });

  it('tells no more faults than somebody could mend, and no path at length', async () => {
    const surplus = Object.fromEntries(many(1_000).map((_, index) => [`${'x'.repeat(500)}${index}`, 1]));
    const faults = await faultsOf({ items: [], ...surplus });
    expect(faults).toHaveLength(50);
    expect(JSON.stringify(faults).length).toBeLessThan(50 * 700);
  });
});
