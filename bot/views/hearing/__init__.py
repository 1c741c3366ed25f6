"""What people type, understood: answers, navigation, commands (`answers`) and times (`moments`).

Pure functions over typed text. None says "not understood", and the question is asked again; nothing
is guessed. Which question was asked, and what the text then does, is known elsewhere.
"""
