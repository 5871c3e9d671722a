// Runs before the first paint: that scripts work, and how wide the reader left the menu.
document.documentElement.classList.add("js");
try {
  const rail = localStorage.getItem("rail");
  if (rail === "icons" || rail === "wide") document.documentElement.dataset.rail = rail;
} catch { /* storage may be closed: the menu keeps its usual width */ }
