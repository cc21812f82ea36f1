const LENGTH = 120;

/** Names for files and addresses, one a text: of letters, digits, `_`, `.` and `-` alone, and no two alike, in whatever case. */
export function slugs(texts: readonly string[]): string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const plain = text
      .normalize('NFKD')
      .replace(/[^\w.]+/g, '-')
      .slice(0, LENGTH)
      .replace(/^[-.]+|[-.]+$/g, '');
    const slug = free(plain === '' ? 'x' : plain, taken);
    taken.add(slug.toLowerCase());
    return slug;
  });
}

function free(slug: string, taken: ReadonlySet<string>): string {
  for (let i = 2, tried = slug; ; tried = `${slug}-${i++}`) if (!taken.has(tried.toLowerCase())) return tried;
}
