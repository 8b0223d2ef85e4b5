// Arithmetic on float32 numbers in one memory, compiled by AssemblyScript. Places are in bytes, the rest in
// numbers. Loops take four numbers at a time and may write up to three past the end, products up to
// three rows: whoever lays out the memory leaves that room.
// The products hold a small block of `out` in registers, after Goto and van de Geijn, ACM TOMS 34 (2008).
const SIZE: usize = 4; // bytes in a number
const PANEL = 32; // rows of b that stay in the cache while they meet all of a

// out (m, n) = a (m, k) b (k, n). A step down or right in a or b: `down` or `right` numbers.
export function product(
  a: usize, b: usize, out: usize,
  aDown: usize, aRight: usize, bDown: usize, bRight: usize,
  m: i32, n: i32, k: i32,
): void {
  const ad = aDown * SIZE, ar = aRight * SIZE, bd = bDown * SIZE, br = bRight * SIZE;
  if (aRight == 1 && bDown == 1 && n % 4 == 0 && k % 4 == 0) dots(a, ad, b, br, out, m, n, k);
  else if (bRight == 1 && n % 8 == 0) panels(a, ad, ar, b, bd, out, m, n, k);
  else plain(a, ad, ar, b, bd, br, out, m, n, k);
}

// Rows of a on columns of b, both in one piece: 3 x 4 of them at a time.
function dots(a: usize, ad: usize, b: usize, br: usize, out: usize, m: i32, n: i32, k: i32): void {
  for (let j = 0; j < n; j += 4) {
    for (let i = 0; i < m; i += 3) {
      let p = a + <usize>i * ad, q = b + <usize>j * br;
      let c00 = zero(), c01 = zero(), c02 = zero(), c03 = zero();
      let c10 = zero(), c11 = zero(), c12 = zero(), c13 = zero();
      let c20 = zero(), c21 = zero(), c22 = zero(), c23 = zero();
      for (const end = p + <usize>k * SIZE; p < end; p += 16, q += 16) {
        const x0 = v128.load(p), x1 = v128.load(p + ad), x2 = v128.load(p + 2 * ad);
        let y = v128.load(q);
        c00 = more(c00, x0, y); c10 = more(c10, x1, y); c20 = more(c20, x2, y);
        y = v128.load(q + br);
        c01 = more(c01, x0, y); c11 = more(c11, x1, y); c21 = more(c21, x2, y);
        y = v128.load(q + 2 * br);
        c02 = more(c02, x0, y); c12 = more(c12, x1, y); c22 = more(c22, x2, y);
        y = v128.load(q + 3 * br);
        c03 = more(c03, x0, y); c13 = more(c13, x1, y); c23 = more(c23, x2, y);
      }
      const o = out + <usize>(i * n + j) * SIZE, down = <usize>n * SIZE;
      v128.store(o, totals(c00, c01, c02, c03));
      v128.store(o + down, totals(c10, c11, c12, c13));
      v128.store(o + 2 * down, totals(c20, c21, c22, c23));
    }
  }
}

// Rows of b in one piece: 4 rows of out, 8 numbers of each, at a time.
function panels(
  a: usize, ad: usize, ar: usize, b: usize, bd: usize, out: usize, m: i32, n: i32, k: i32,
): void {
  const down = <usize>n * SIZE;
  for (let first = 0; first < k; first += PANEL) {
    const depth = min(PANEL, k - first);
    for (let i = 0; i < m; i += 4) {
      for (let j: usize = 0; j < down; j += 32) {
        let p = a + <usize>i * ad + <usize>first * ar, q = b + <usize>first * bd + j;
        const o = out + <usize>i * down + j;
        let c00 = zero(), c01 = zero(), c10 = zero(), c11 = zero();
        let c20 = zero(), c21 = zero(), c30 = zero(), c31 = zero();
        if (first) {
          c00 = v128.load(o); c01 = v128.load(o + 16);
          c10 = v128.load(o + down); c11 = v128.load(o + down + 16);
          c20 = v128.load(o + 2 * down); c21 = v128.load(o + 2 * down + 16);
          c30 = v128.load(o + 3 * down); c31 = v128.load(o + 3 * down + 16);
        }
        for (let step = 0; step < depth; step++, p += ar, q += bd) {
          const y0 = v128.load(q), y1 = v128.load(q + 16);
          let x = v128.load32_splat(p);
          c00 = more(c00, x, y0); c01 = more(c01, x, y1);
          x = v128.load32_splat(p + ad);
          c10 = more(c10, x, y0); c11 = more(c11, x, y1);
          x = v128.load32_splat(p + 2 * ad);
          c20 = more(c20, x, y0); c21 = more(c21, x, y1);
          x = v128.load32_splat(p + 3 * ad);
          c30 = more(c30, x, y0); c31 = more(c31, x, y1);
        }
        v128.store(o, c00); v128.store(o + 16, c01);
        v128.store(o + down, c10); v128.store(o + down + 16, c11);
        v128.store(o + 2 * down, c20); v128.store(o + 2 * down + 16, c21);
        v128.store(o + 3 * down, c30); v128.store(o + 3 * down + 16, c31);
      }
    }
  }
}

// Whatever the shape: for the small ones.
function plain(
  a: usize, ad: usize, ar: usize, b: usize, bd: usize, br: usize, out: usize,
  m: i32, n: i32, k: i32,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = a + <usize>i * ad, q = b + <usize>j * br, total: f32 = 0;
      for (let step = 0; step < k; step++, p += ar, q += bd) total += load<f32>(p) * load<f32>(q);
      store<f32>(out + <usize>(i * n + j) * SIZE, total);
    }
  }
}

// @ts-ignore: AssemblyScript's
@inline
function zero(): v128 {
  return f32x4.splat(0);
}

// @ts-ignore: AssemblyScript's
@inline
function more(sum: v128, x: v128, y: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, y));
}

// The sums over each of four vectors.
// @ts-ignore: AssemblyScript's
@inline
function totals(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

// Number by number: `out` may be x or y.
export function add(x: usize, y: usize, out: usize, n: usize): void {
  for (let i: usize = 0; i < n * SIZE; i += 16)
    v128.store(out + i, f32x4.add(v128.load(x + i), v128.load(y + i)));
}

export function sub(x: usize, y: usize, out: usize, n: usize): void {
  for (let i: usize = 0; i < n * SIZE; i += 16)
    v128.store(out + i, f32x4.sub(v128.load(x + i), v128.load(y + i)));
}

export function mul(x: usize, y: usize, out: usize, n: usize): void {
  for (let i: usize = 0; i < n * SIZE; i += 16)
    v128.store(out + i, f32x4.mul(v128.load(x + i), v128.load(y + i)));
}

export function scale(x: usize, out: usize, factor: f32, n: usize): void {
  const all = f32x4.splat(factor);
  for (let i: usize = 0; i < n * SIZE; i += 16)
    v128.store(out + i, f32x4.mul(v128.load(x + i), all));
}

export function relu(x: usize, out: usize, n: usize): void {
  for (let i: usize = 0; i < n * SIZE; i += 16)
    v128.store(out + i, f32x4.max(v128.load(x + i), zero()));
}

// x where y is positive, else 0
export function gate(x: usize, y: usize, out: usize, n: usize): void {
  for (let i: usize = 0; i < n * SIZE; i += 16)
    v128.store(out + i, v128.and(v128.load(x + i), f32x4.gt(v128.load(y + i), zero())));
}

// Rows and columns of x (m, n).
export function addRow(x: usize, row: usize, out: usize, m: i32, n: i32): void {
  for (let i = 0, at: usize = 0; i < m; i++)
    for (let j: usize = 0; j < <usize>n * SIZE; j += SIZE, at += SIZE)
      store<f32>(out + at, load<f32>(x + at) + load<f32>(row + j));
}

export function sumColumns(x: usize, out: usize, m: i32, n: i32): void {
  for (let j: usize = 0; j < <usize>n * SIZE; j += SIZE) {
    let total: f32 = 0;
    for (let i = 0; i < m; i++) total += load<f32>(x + <usize>(i * n) * SIZE + j);
    store<f32>(out + j, total);
  }
}

export function sum(x: usize, out: usize, n: usize): void {
  let total: f32 = 0;
  for (let i: usize = 0; i < n * SIZE; i += SIZE) total += load<f32>(x + i);
  store<f32>(out, total);
}
