export interface BasketLine {
  product: string;
  /** Euros. */
  price: number;
  quantity: number;
}

const key = 'fjordcykel-basket';

/** What one tab has picked; kept in `storage` from the first pick on. */
export class Basket {
  readonly #storage: Storage;
  #lines: BasketLine[];

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#lines = parse(storage.getItem(key));
  }

  get lines(): readonly BasketLine[] {
    return this.#lines;
  }

  get count(): number {
    return this.#lines.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  get total(): number {
    return this.#lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  }

  add(product: string, price: number): void {
    const present = this.#lines.find((line) => line.product === product);
    if (present) present.quantity += 1;
    else this.#lines.push({ product, price, quantity: 1 });
    this.#save();
  }

  remove(product: string): void {
    this.#lines = this.#lines.filter((line) => line.product !== product);
    this.#save();
  }

  #save(): void {
    if (this.#lines.length === 0) this.#storage.removeItem(key);
    else this.#storage.setItem(key, JSON.stringify(this.#lines));
  }
}

function parse(stored: string | null): BasketLine[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(value) ? value.filter(isLine) : [];
  } catch {
    return [];
  }
}

function isLine(value: unknown): value is BasketLine {
  const { product, price, quantity } = (value ?? {}) as Record<string, unknown>;
  return typeof product === 'string' && typeof price === 'number' && typeof quantity === 'number';
}
