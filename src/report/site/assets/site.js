// Nothing here is needed to read the pages: a theme of one's own, and a filter for long lists.
(() => {
  const root = document.documentElement;
  const stored = (() => {
    try {
      return localStorage.getItem('greenspec-theme');
    } catch {
      return null;
    }
  })();
  if (stored === 'light' || stored === 'dark') root.dataset.theme = stored;

  addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('[data-theme-switch]');
    button.hidden = false;
    button.addEventListener('click', () => {
      const dark = root.dataset.theme
        ? root.dataset.theme === 'dark'
        : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
      try {
        localStorage.setItem('greenspec-theme', root.dataset.theme);
      } catch {
        // A browser that keeps nothing shows its own theme the next time.
      }
    });

    const filter = document.querySelector('[data-filter]');
    if (filter === null) return;
    filter.hidden = false;
    const apply = () => {
      const shown = new FormData(filter).getAll('standing');
      for (const item of document.querySelectorAll('[data-standing]')) {
        item.hidden = shown.length > 0 && !shown.includes(item.dataset.standing);
      }
    };
    filter.addEventListener('change', apply);
    apply();
  });
})();
