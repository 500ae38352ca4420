// Only browsers that do not know modules run this; it is written as they read it. The style is set by script, because the policy allows no other.
var told = document.createElement('p');
told.style.cssText = 'max-width: 34em; margin: 15vh auto; padding: 0 1em; font: 16px/1.5 sans-serif';
told.textContent = 'This browser is too old for Slipway. Open this page with a current version of Chrome, Edge, Firefox or Safari.';
document.getElementById('app').appendChild(told);
