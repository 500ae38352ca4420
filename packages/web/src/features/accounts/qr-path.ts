/** The dark squares of a QR code as one path of an SVG: a stroke for each run of a row. @param rows true: dark */
export function qrPath(rows: readonly (readonly boolean[])[]): { readonly size: number; readonly path: string } {
  const runs = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => {
      if (!isDark || row[x - 1]) return [];
      const end = row.indexOf(false, x);
      return [`M${x} ${y}h${(end < 0 ? row.length : end) - x}v1H${x}z`];
    }),
  );
  return { size: rows.length, path: runs.join('') };
}
