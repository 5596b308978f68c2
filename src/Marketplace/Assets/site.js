// Small comforts. Without this file every page does the same with a press of a button more.

// Suggestions while somebody types into the search box: a combobox with a list (ARIA Authoring Practices, "Editable Combobox With List Autocomplete").
function suggestBooks(form) {
  const box = form.querySelector(".finder-input");
  const list = Object.assign(document.createElement("ul"), { className: "suggestions", id: "suggestions", role: "listbox", hidden: true });
  const count = Object.assign(document.createElement("p"), { className: "unseen", role: "status" });
  let options = [];
  let current = -1;
  let asked = "";
  let timer = 0;

  list.setAttribute("aria-label", "Books");
  form.append(list, count);
  box.role = "combobox";
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);

  function text(className, content) {
    return Object.assign(document.createElement("span"), { className, textContent: content });
  }

  function mark(index) {
    current = index;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index < 0) {
      box.removeAttribute("aria-activedescendant");
    } else {
      box.setAttribute("aria-activedescendant", options[index].id);
      options[index].scrollIntoView({ block: "nearest" });
    }
  }

  function show(books) {
    options = books.map((book, index) => {
      const option = Object.assign(document.createElement("li"), { className: "suggestion", id: `suggestion-${index}`, role: "option" });
      option.dataset.href = book.href;
      option.append(text("suggestion-title", book.title), " ", text("suggestion-author", book.author));
      return option;
    });
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    count.textContent = options.length === 0 ? "" : options.length === 1 ? "1 suggestion" : `${options.length} suggestions`;
    mark(-1);
  }

  async function suggest() {
    const query = box.value.trim();
    if (query === asked) {
      return;
    }

    asked = query;
    let books = [];
    try {
      const response = query.length < 2 ? null : await fetch("/search/suggestions?q=" + encodeURIComponent(query));
      books = response?.ok ? await response.json() : [];
    } catch {
      // Nothing to suggest while the shop cannot be reached.
    }

    if (asked === query && document.activeElement === box) {
      show(books);
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 150);
  });
  box.addEventListener("keydown", event => {
    if (list.hidden) {
      return;
    }

    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(current + step >= options.length ? -1 : current + step < -1 ? options.length - 1 : current + step);
    } else if (event.key === "Enter" && current >= 0) {
      location.assign(options[current].dataset.href);
    } else if (event.key === "Escape") {
      show([]);
    } else {
      return;
    }

    event.preventDefault();
  });
  box.addEventListener("blur", () => {
    asked = "";
    show([]);
  });
  // The box keeps the focus, so that a press on a suggestion does not close the list before it is released.
  list.addEventListener("pointerdown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const option = event.target.closest(".suggestion");
    if (option) {
      location.assign(option.dataset.href);
    }
  });
  box.setAttribute("aria-expanded", "false");
}

const lookAgainSign = "meta[name=look-again]";

// A page that waits for something looks by itself, and changes only when there is something to show; a part that tells how far it is does each time.
function lookAgain(sign) {
  const pause = Number(sign.content) * 1000;
  async function look() {
    try {
      const response = await fetch(location.href);
      if (response.redirected) {
        location.replace(response.url);
        return;
      }

      if (response.ok) {
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        if (!page.querySelector(lookAgainSign)) {
          location.reload();
          return;
        }

        const part = page.querySelector(".look-again-part");
        if (part) {
          document.querySelector(".look-again-part")?.replaceWith(document.adoptNode(part));
        }
      }
    } catch {
      // The shop cannot be reached now; perhaps it can the next time.
    }

    setTimeout(look, pause);
  }

  setTimeout(look, pause);
}

// A payment takes a moment: the button says so, and is pressed once. The shop itself takes the same form sent twice for one sale.
function payOnce(form) {
  const button = form.querySelector(".sum-button");
  const words = button?.textContent;
  form.addEventListener("submit", event => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }

    form.dataset.sent = "yes";
    button.setAttribute("aria-disabled", "true");
    button.textContent = "Paying …";
  });
  addEventListener("pageshow", () => {
    delete form.dataset.sent;
    button?.removeAttribute("aria-disabled");
    if (button) {
      button.textContent = words;
    }
  });
}

document.querySelectorAll(".finder").forEach(suggestBooks);
document.querySelectorAll(lookAgainSign).forEach(lookAgain);
document.querySelectorAll(".checkout-grid").forEach(payOnce);
