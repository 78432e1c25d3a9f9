// Before anything is drawn: the colours that this visitor chose last time.
try {
  const scheme = localStorage.getItem("comptoir.scheme");
  if (scheme === "dark" || scheme === "light") document.documentElement.dataset.scheme = scheme;
} catch {
  // Storage may be refused: the colours then follow the system.
}
