// Runs before the first paint. A file of its own, because the content security policy allows no inline script.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('slipway.theme');
  } catch {
    // Storage is blocked: follow the system.
  }
  const isDark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  // Whose brand a page has: src/ui/brand.ts says it of later pages.
  document.documentElement.dataset.brand = /^\/admin(?:\/|$)/.test(location.pathname) ? 'slipway' : 'vendor';
})();

// Asks what the page will ask first, while its code is still on the way. src/graphql/first-answers.ts hands out the answers.
(() => {
  const block = document.getElementById('first-queries');
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json,application/json;q=0.9' };
  window.slipwayAnswers = new Map();
  for (const { isOfPlainAddress, pathVariable, ...asked } of block ? JSON.parse(block.textContent) : []) {
    if (isOfPlainAddress && location.search !== '') continue;
    if (pathVariable) asked.variables[pathVariable.name] = decodeURIComponent(location.pathname.split('/')[pathVariable.at + 1]);
    const answer = fetch('/graphql', { method: 'POST', credentials: 'same-origin', headers, body: JSON.stringify(asked) });
    window.slipwayAnswers.set(
      asked.operationName + JSON.stringify(asked.variables),
      answer.catch(() => null),
    );
  }
})();
