// Suggestions while somebody types into the search box. Without this file the box searches all the same.
const box = document.getElementById("finder");
const list = document.getElementById("finder-suggestions");
let timer = 0;
let asked = "";

async function suggest() {
  const query = box.value.trim();
  if (query.length < 2 || query === asked) {
    return;
  }

  asked = query;
  try {
    const response = await fetch("/search/suggestions?q=" + encodeURIComponent(query));
    const titles = response.ok ? await response.json() : [];
    if (asked === query) {
      list.replaceChildren(...titles.map(title => Object.assign(document.createElement("option"), { value: title })));
    }
  } catch {
    list.replaceChildren();
  }
}

box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(suggest, 200);
});
