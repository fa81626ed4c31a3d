"""What the portal answers besides its pages: parts of the installed app, errors, crawlers' files, the style guide."""
