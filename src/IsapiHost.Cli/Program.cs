Console.WriteLine("isapihost");
