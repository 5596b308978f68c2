using BooksForYou.Contracts.Inventory.V1;

namespace BooksForYou.Marketplace.Tests;

/// <summary>The books that the stand-in for the other services has.</summary>
internal static class Library
{
    /// <summary>The first nine are those of the first version of the store, with their numbers.</summary>
    public static readonly IReadOnlyList<Book> Books = Number(
    [
        Make(BookCategory.Mystery, "The Maltese Falcon", "Dashiell Hammett", 1930, "A private eye who trusts nobody is hired by a woman who tells the truth to nobody, and everyone in San Francisco wants the same black statuette. The case that made the detective hard-boiled."),
        Make(BookCategory.Mystery, "Murder on the Orient Express", "Agatha Christie", 1934, "Snow stops the train, a passenger lies dead behind a locked door, and Hercule Poirot has a carriage full of people with something to hide. The solution is one that nobody had dared before."),
        Make(BookCategory.Mystery, "The Hound of the Baskervilles", "Arthur Conan Doyle", 1902, "A curse, a moor and the footprints of a gigantic hound bring Sherlock Holmes and Dr Watson to Devon. Reason goes for a walk in the fog, and comes back."),
        Make(BookCategory.ScienceFiction, "The Hitchhiker's Guide to the Galaxy", "Douglas Adams", 1979),
        Make(BookCategory.ScienceFiction, "Ender's Game", "Orson Scott Card", 1985),
        Make(BookCategory.ScienceFiction, "The Dune Chronicles", "Frank Herbert", 1965),
        Make(BookCategory.SelfHelp, "The 7 Habits of Highly Effective People", "Stephen R. Covey", 1989),
        Make(BookCategory.SelfHelp, "How to Win Friends and Influence People", "Dale Carnegie", 1936),
        Make(BookCategory.SelfHelp, "Man's Search for Meaning", "Viktor E. Frankl", 1946),
        Make(BookCategory.Mystery, "Gaudy Night", "Dorothy L. Sayers", 1935),
        Make(BookCategory.Mystery, "The Moonstone", "Wilkie Collins", 1868),
        Make(BookCategory.Mystery, "The Name of the Rose", "Umberto Eco", 1980),
        Make(BookCategory.Mystery, "The Big Sleep", "Raymond Chandler", 1939),
        Make(BookCategory.Mystery, "Rebecca", "Daphne du Maurier", 1938),
        Make(BookCategory.Mystery, "In the Woods", "Tana French", 2007),
        Make(BookCategory.ScienceFiction, "The Left Hand of Darkness", "Ursula K. Le Guin", 1969),
        Make(BookCategory.ScienceFiction, "Neuromancer", "William Gibson", 1984),
        Make(BookCategory.ScienceFiction, "Kindred", "Octavia E. Butler", 1979),
        Make(BookCategory.ScienceFiction, "Solaris", "Stanisław Lem", 1961),
        Make(BookCategory.ScienceFiction, "The War of the Worlds", "H. G. Wells", 1898),
        Make(BookCategory.Classics, "Pride and Prejudice", "Jane Austen", 1813),
        Make(BookCategory.Classics, "Moby-Dick", "Herman Melville", 1851),
        Make(BookCategory.Classics, "Middlemarch", "George Eliot", 1871),
        Make(BookCategory.Classics, "Wuthering Heights", "Emily Brontë", 1847),
        Make(BookCategory.Classics, "War and Peace", "Leo Tolstoy", 1869),
        Make(BookCategory.Classics, "The Odyssey", "Homer", -700),
        Make(BookCategory.Classics, "Crime and Punishment", "Fyodor Dostoevsky", 1866),
        Make(BookCategory.Fantasy, "The Hobbit", "J. R. R. Tolkien", 1937),
        Make(BookCategory.Fantasy, "A Wizard of Earthsea", "Ursula K. Le Guin", 1968),
        Make(BookCategory.Fantasy, "The Lion, the Witch and the Wardrobe", "C. S. Lewis", 1950),
        Make(BookCategory.Fantasy, "The Name of the Wind", "Patrick Rothfuss", 2007),
        Make(BookCategory.Fantasy, "Piranesi", "Susanna Clarke", 2020),
        Make(BookCategory.Fantasy, "Good Omens", "Terry Pratchett, Neil Gaiman", 1990),
        Make(BookCategory.Fiction, "Beloved", "Toni Morrison", 1987),
        Make(BookCategory.Fiction, "The Remains of the Day", "Kazuo Ishiguro", 1989),
        Make(BookCategory.Fiction, "White Teeth", "Zadie Smith", 2000),
        Make(BookCategory.Fiction, "Life of Pi", "Yann Martel", 2001),
        Make(BookCategory.Fiction, "Things Fall Apart", "Chinua Achebe", 1958),
        Make(BookCategory.Fiction, "The Handmaid's Tale", "Margaret Atwood", 1985),
        Make(BookCategory.Children, "Charlotte's Web", "E. B. White", 1952),
        Make(BookCategory.Children, "The Very Hungry Caterpillar", "Eric Carle", 1969),
        Make(BookCategory.Children, "Matilda", "Roald Dahl", 1988),
        Make(BookCategory.Children, "Where the Wild Things Are", "Maurice Sendak", 1963),
        Make(BookCategory.Children, "The Little Prince", "Antoine de Saint-Exupéry", 1943),
        Make(BookCategory.Children, "Pippi Longstocking", "Astrid Lindgren", 1945),
        Make(BookCategory.History, "The Guns of August", "Barbara W. Tuchman", 1962),
        Make(BookCategory.History, "SPQR: A History of Ancient Rome", "Mary Beard", 2015),
        Make(BookCategory.Thriller, "Dracula", "Bram Stoker", 1897),
        Make(BookCategory.Romance, "Persuasion", "Jane Austen", 1817),
        Make(BookCategory.Biography, "The Diary of a Young Girl", "Anne Frank", 1947),
        Make(BookCategory.Science, "A Brief History of Time", "Stephen Hawking", 1988),
    ]);

    /// <summary>A book that has no number yet.</summary>
    public static Book Make(BookCategory category, string title, string author, int year, string description = "A book that has stayed in print for good reason, and one that booksellers like to press into people's hands.") =>
        new() { Category = category, Title = title, Author = author, Year = year, Description = description, Isbn = "", Price = new Money { Cents = 1299, Currency = "EUR" }, Available = 20 };

    private static Book[] Number(Book[] books)
    {
        for (var i = 0; i < books.Length; i++)
        {
            books[i].BookId = i + 1;
        }

        books[0].Isbn = "9780679722649";
        return books;
    }
}
