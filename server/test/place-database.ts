/** A database in MaxMind’s format with one network in it, as small as it can be. */
export function placeDatabase(network: [number, number], record: object): Buffer {
  const bits = network.flatMap((byte) =>
    Array.from({ length: 8 }, (_, bit) => (byte >> (7 - bit)) & 1),
  );
  const nodeCount = bits.length;
  const nothing = nodeCount;
  // After the tree come 16 empty bytes, then the records: the first is this one.
  const found = nodeCount + 16;
  const tree = Buffer.alloc(nodeCount * 6);
  bits.forEach((bit, node) => {
    const next = node + 1 === nodeCount ? found : node + 1;
    tree.writeUIntBE(bit === 0 ? next : nothing, node * 6, 3);
    tree.writeUIntBE(bit === 0 ? nothing : next, node * 6 + 3, 3);
  });
  const metadata = {
    node_count: nodeCount,
    record_size: 24,
    ip_version: 4,
    database_type: 'Test-City',
    languages: ['en'],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 0,
    description: { en: 'Test' },
  };
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
  return Buffer.concat([tree, Buffer.alloc(16), encode(record), marker, encode(metadata)]);
}

const types = { string: 2, uint32: 6, map: 7, array: 11 } as const;

function encode(value: unknown): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([head(types.string, text.length), text]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([head(types.uint32, 4), bytes]);
  }
  if (Array.isArray(value)) {
    return Buffer.concat([head(types.array, value.length), ...value.map(encode)]);
  }
  const entries = Object.entries(value as object);
  const parts = entries.flatMap(([key, inner]) => [encode(key), encode(inner)]);
  return Buffer.concat([head(types.map, entries.length), ...parts]);
}

function head(type: number, size: number): Buffer {
  const bytes = type < 8 ? [type << 5] : [0, type - 7];
  const [first = 0, ...rest] = bytes;
  return size < 29
    ? Buffer.from([first | size, ...rest])
    : Buffer.from([first | 29, ...rest, size - 29]);
}
